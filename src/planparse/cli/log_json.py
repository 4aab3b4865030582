"""``--log-json``: what happens during a run, a JSON object a line, for programs that watch.

Every line has ``time`` (UTC, ISO 8601) and ``event``: ``run_started``, ``document_done`` for every
file that was parsed, ``run_finished``.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from planparse.batch.job import RunSettings
from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.parse_folder import parse_folder
from planparse.cli.terminal import write_json


class JsonLog:
    """Writes lines to stderr."""

    def _line(self, event: str, **fields: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        write_json({"time": now, "event": event, **fields}, sys.stderr)

    def _done(self, outcome: FileOutcome) -> None:
        self._line(
            "document_done",
            source=outcome.source,
            plan_id=outcome.plan_id,
            status=outcome.status,
            reason=outcome.reason,
            rows=outcome.rows,
            seconds=outcome.seconds,
            stages=outcome.seconds_by_stage,
            peak_mebibytes=outcome.timing.get("peak_mebibytes"),
        )

    def follow(self, source: str, out: str, settings: RunSettings) -> RunReport:
        """Run, and tell of it."""
        report = parse_folder(
            source,
            out,
            settings,
            on_start=lambda total: self._line(
                "run_started", input=source, output=out, to_parse=total
            ),
            on_done=self._done,
        )
        self._line(
            "run_finished",
            seconds=round(report.seconds, 3),
            documents=len(report.outcomes),
            status=dict(sorted(Counter(one.status for one in report.outcomes).items())),
            gone=len(report.gone),
            pruned=report.pruned,
        )
        return report
