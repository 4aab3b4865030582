"""Known texts set anew by other producers: what each makes of page breaks is what is tested."""
