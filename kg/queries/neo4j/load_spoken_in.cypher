UNWIND $rows AS row
MATCH (item:Item {id: row.item})
MATCH (entity:Language {id: row.entity})
CREATE (item)-[:SPOKEN_IN {position: row.position}]->(entity)
