UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Country {id: row.entity})
CREATE (item)-[:MADE_IN {position: row.position}]->(entity)
