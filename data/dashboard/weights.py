"""The weight sets under which children were scored, as they stood on the day."""

from __future__ import annotations

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.past import as_it_stood
from data.scores.scorings import weight_set
from forms.weights import WeightSet


def weights_then(work: Reading, asked: Asked, weight_set_id: str) -> WeightSet:
    columns = "weight_set_id, name, version, status, source, points, approved_by, approved_on"
    sql = f"SELECT {columns} FROM weight_set WHERE weight_set_id = $1"
    return weight_set(work.row(as_it_stood(asked, sql), [weight_set_id]))
