"""What the ten tables print. ``<`` goes on with the cell to the left, ``^`` with that above."""

from __future__ import annotations

from .drawn import RULES, Drawing, draw

_VEHICLES = (
    ("Type of vehicle", "Registered|vehicles", "Change on|previous year", "Share"),
    ("Passenger cars", "8,120", "1.4", "72.5%"),
    ("  of which electric", "312", "48.9", "2.8%"),
    ("  of which hybrid", "640", "21.0", "5.7%"),
    ("Motorcycles", "", "-0.6", ""),
    ("All vehicles", "11,204", "1.1", "100.0%"),
)
_LABOUR = (
    ("Region", "Employed persons|(thousands)", "<", "Unemployment rate|(per cent)", "<"),
    ("^", "Men", "Women", "Men", "Women"),
    ("North", "1,204.5", "1,100.2", "3.4", "3.1"),
    ("South", "980.1", "870.6", "4.0", "4.4"),
    ("Islands", "", "", "", ""),
)
_TRADE = (
    ("Partner", "Exports", "<", "<", "Imports", "<", "<"),
    ("^", "2021", "2022", "2023", "2021", "2022", "2023"),
    ("Japan", "29.2", "33.6", "31.4", "56.1", "54.6", "44.4"),
    ("Other Asia|(excluding Japan)", "101.0", "98.2", "", "80.3", "84.8", "77.0"),
    ("Europe", "31.5", "36.2", "35.3", "36.9", "37.0", "39.1"),
)
_ENERGY = (
    ("Sector", "Source", "Output (GWh)", "Note"),
    ("Renewable", "Hydropower", "5,214", "a"),
    ("^", "Wind", "3,562", ""),
    ("^", "Solar", "10,675", "b"),
    ("Thermal", "Natural gas", "110,390", ""),
    ("^", "Coal", "121,508", ""),
    ("Nuclear", "", "23,756", ""),
)
_HEALTH = (
    ("Health expenditure per head, in current prices", "<", "<", "<"),
    ("Country", "Public", "Private", "Total"),
    ("Austria", "4,200", "1,310", "5,510"),
    ("Belgium", "4,011", "1,206", "5,217"),
    ("Czechia", "", "401", ""),
)
_SCHOOLS = (
    ("Year", "Primary", "<", "Secondary", "<", "Total"),
    ("^", "Schools", "Pupils", "Schools", "Pupils", "^"),
    ("2020", "2,631", "1,173,885", "735", "583,000", "1,756,885"),
    ("2021", "2,626", "1,189,917", "734", "", ""),
    ("2022", "2,626", "1,207,000", "", "", ""),
)
_PRICES = (
    ("Item", "Weight", "Index|2015 = 100", "Change|(%)"),
    ("All items", "1,000", "106.4", "2.1"),
    ("  Food", "254", "115.9", "4.7"),
    ("    Fruit", "25", "121.0", "-3.2"),
    ("    Meat and|    fish", "52", "113.4", "5.5"),
    ("  Housing", "232", "105.3", ""),
)
_CENSUS = (
    ("Age|group", "Population at the census date", "<", "<", "<"),
    ("^", "Urban", "<", "Rural", "<"),
    ("^", "Male", "Female", "Male", "Female"),
    ("0-14", "1,450", "1,361", "210", "199"),
    ("15-64", "7,003", "7,120", "845", "790"),
    ("65 and over", "1,502", "1,811", "", ""),
)
_CRIME = (
    ("Offence", "Recorded", "Cleared", "Clearance rate|of the year"),
    ("Burglary", "1,940", "1,876", "96.7%"),
    ("Theft of|motor vehicles", "2,011", "1,990", "99.0%"),
    ("Fraud", "", "", ""),
)
_WEATHER = (
    ("Station", "Rainfall (mm)", "<", "<", "Remarks"),
    ("^", "May", "June", "July", "^"),
    ("Harbour", "234", "325", "245", "New gauge in June"),
    ("Hill top", "401", "", "388", ""),
    ("^", "1 day over 100", "<", "<", ""),
    ("Airfield", "", "", "", "Closed"),
)


def drawings() -> list[Drawing]:
    """Return the ten tables, drawn."""
    return [
        draw("Vehicles", _VEHICLES, (150, 90, 100, 80), RULES["sides"]),
        draw("Labour", _LABOUR, (90, 90, 90, 90, 90), RULES["shaded"]),
        draw("Trade", _TRADE, (110, 60, 60, 60, 60, 60, 60), RULES["bars"]),
        draw("Energy", _ENERGY, (100, 120, 100, 60), RULES["stroked"]),
        draw("Health", _HEALTH, (120, 90, 90, 90), RULES["grey"]),
        draw("Schools", _SCHOOLS, (60, 70, 90, 70, 90, 90), RULES["pieces"]),
        draw("Prices", _PRICES, (150, 80, 90, 80), RULES["bars"], underlined=True),
        draw("Census", _CENSUS, (80, 90, 90, 90, 90), RULES["pieces"]),
        draw("Crime", _CRIME, (120, 90, 90, 120), RULES["sides"], underlined=True),
        draw("Weather", _WEATHER, (90, 70, 70, 70, 140), RULES["shaded"]),
    ]
