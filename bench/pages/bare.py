"""The floor: what any page of Streamlit costs."""

import os

import streamlit as st

st.title("Carte")
period = st.selectbox("Période", os.environ["BENCH_PERIODS"].split())
st.write(period)
