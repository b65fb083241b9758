"""
What a fresh installation shows until someone brings official files: approximate boundaries, towns, and
events that never happened. Built from `data/`, the same bytes each time, by `manage.py build_standin`.
"""
