UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Facet {id: row.entity})
MERGE (item)-[edge:HAS_FACET {relation: row.relation, position: row.position}]->(entity)
SET edge.build = $build
