"""What a browser is sent before Streamlit's own page stands: text, and the link's league to simulate."""
