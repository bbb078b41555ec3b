UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
CREATE (item)-[:WRITTEN_BY {position: row.position}]->(entity)
