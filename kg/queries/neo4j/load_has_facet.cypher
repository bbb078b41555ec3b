UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Facet {id: row.entity})
CREATE (item)-[:HAS_FACET {relation: row.relation, position: row.position}]->(entity)
