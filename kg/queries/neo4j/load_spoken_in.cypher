UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Language {id: row.entity})
MERGE (item)-[edge:SPOKEN_IN {position: row.position}]->(entity)
SET edge.build = $build
