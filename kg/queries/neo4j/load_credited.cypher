UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
CREATE (item)-[:CREDITED {relation: row.relation, position: row.position}]->(entity)
