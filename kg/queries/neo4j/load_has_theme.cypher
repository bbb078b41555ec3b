UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Theme {id: row.entity})
CREATE (item)-[:HAS_THEME {position: row.position}]->(entity)
