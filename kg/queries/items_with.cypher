MATCH (item:Item)-[:DIRECTED_BY|WRITTEN_BY|FEATURES|CREDITED]->(:Person {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:HAS_GENRE]->(:Genre {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:MADE_IN]->(:Country {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:SPOKEN_IN]->(:Language {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:HAS_THEME]->(:Theme {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:HAS_MOOD]->(:Mood {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
UNION ALL
MATCH (item:Item)-[:HAS_FACET]->(:Facet {id: $id})
RETURN collect(item.id) AS items, collect(item.popularity) AS popularity
