MATCH (node:Item|Person|Genre|Country|Language|Theme|Mood|Facet)
WHERE node.build IS NULL OR node.build <> $build
WITH node LIMIT 10000
DETACH DELETE node
RETURN count(*) AS deleted
