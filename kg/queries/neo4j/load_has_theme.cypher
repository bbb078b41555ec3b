UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Theme {id: row.entity})
MERGE (item)-[edge:HAS_THEME {position: row.position}]->(entity)
SET edge.build = $build
