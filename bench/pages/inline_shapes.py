"""The way of tutorials: shapes and values in one GeoJSON that goes through st.altair_chart."""

import json
import os
from pathlib import Path

import altair as alt
import streamlit as st


@st.cache_data
def job() -> tuple[dict, dict]:
    """The shapes, and the values of each period by code."""
    folder = Path(os.environ["BENCH_JOB"])
    return (
        json.loads((folder / "degrees_shapes.json").read_text("utf-8")),
        json.loads((folder / "values.json").read_text("utf-8")),
    )


st.title("Carte")
shapes, values = job()
period = st.selectbox("Période", os.environ["BENCH_PERIODS"].split())
features = [
    {**one, "properties": {**one["properties"], "value": values[period][one["properties"]["code"]]}}
    for one in shapes["features"]
]
st.altair_chart(
    alt.Chart(alt.Data(values=features))
    .mark_geoshape(stroke="white")
    .encode(color=alt.Color("properties.value:Q", bin=True), tooltip=["properties.code:N"])
    .project("identity", reflectY=True),
    height=470,
)
