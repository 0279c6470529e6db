"""Who may see and do what: one rule (`rule`), and what belongs to it by subject. Whatever a screen hides, is refused here."""
