UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
CREATE (item)-[:DIRECTED_BY {position: row.position}]->(entity)
