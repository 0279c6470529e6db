"""What people see. With app.py and server.py the only home of streamlit; one page to a module, in folders by who uses them."""
