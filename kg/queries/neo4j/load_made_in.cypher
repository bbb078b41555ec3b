UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Country {id: row.entity})
MERGE (item)-[edge:MADE_IN {position: row.position}]->(entity)
SET edge.build = $build
