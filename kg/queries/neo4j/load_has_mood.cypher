UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Mood {id: row.entity})
MERGE (item)-[edge:HAS_MOOD {position: row.position}]->(entity)
SET edge.build = $build
