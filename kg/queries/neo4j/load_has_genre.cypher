UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Genre {id: row.entity})
CREATE (item)-[:HAS_GENRE {position: row.position}]->(entity)
