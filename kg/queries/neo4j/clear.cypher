MATCH (node:Item|Person|Genre|Country|Language|Theme|Mood|Facet)
WITH node LIMIT 10000
DETACH DELETE node
RETURN count(*) AS deleted
