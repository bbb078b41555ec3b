MATCH (item:Item)-[:DIRECTED_BY]->(person:Person {id: $id})
RETURN 'DIRECTED_BY' AS relation, item.id AS item, item.title AS title, item.year AS year, item.popularity AS popularity, person.id AS id, person.name AS name
UNION ALL
MATCH (item:Item)-[:WRITTEN_BY]->(person:Person {id: $id})
RETURN 'WRITTEN_BY' AS relation, item.id AS item, item.title AS title, item.year AS year, item.popularity AS popularity, person.id AS id, person.name AS name
UNION ALL
MATCH (item:Item)-[:FEATURES]->(person:Person {id: $id})
RETURN 'FEATURES' AS relation, item.id AS item, item.title AS title, item.year AS year, item.popularity AS popularity, person.id AS id, person.name AS name
UNION ALL
MATCH (item:Item)-[edge:CREDITED]->(person:Person {id: $id})
RETURN edge.relation AS relation, item.id AS item, item.title AS title, item.year AS year, item.popularity AS popularity, person.id AS id, person.name AS name
