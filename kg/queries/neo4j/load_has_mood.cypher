UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Mood {id: row.entity})
CREATE (item)-[:HAS_MOOD {position: row.position}]->(entity)
