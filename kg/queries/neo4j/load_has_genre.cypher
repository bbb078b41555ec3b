UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Genre {id: row.entity})
MERGE (item)-[edge:HAS_GENRE {position: row.position}]->(entity)
SET edge.build = $build
