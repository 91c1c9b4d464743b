"""Records and their mapping -> what Kibana imports: data views, searches, panels, dashboards, rules."""
