UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
CREATE (item)-[:FEATURES {position: row.position}]->(entity)
