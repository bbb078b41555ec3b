MATCH (:Item {id: $id})-[edge:DIRECTED_BY]->(entity:Person)
RETURN 'DIRECTED_BY' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:WRITTEN_BY]->(entity:Person)
RETURN 'WRITTEN_BY' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:FEATURES]->(entity:Person)
RETURN 'FEATURES' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:HAS_GENRE]->(entity:Genre)
RETURN 'HAS_GENRE' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:MADE_IN]->(entity:Country)
RETURN 'MADE_IN' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:SPOKEN_IN]->(entity:Language)
RETURN 'SPOKEN_IN' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:HAS_THEME]->(entity:Theme)
RETURN 'HAS_THEME' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:HAS_MOOD]->(entity:Mood)
RETURN 'HAS_MOOD' AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:CREDITED]->(entity:Person)
RETURN edge.relation AS relation, edge.position AS position, entity.id AS id, entity.name AS name
UNION ALL
MATCH (:Item {id: $id})-[edge:HAS_FACET]->(entity:Facet)
RETURN edge.relation AS relation, edge.position AS position, entity.id AS id, entity.name AS name
