UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Person {id: row.entity})
MERGE (item)-[edge:CREDITED {relation: row.relation, position: row.position}]->(entity)
SET edge.build = $build
