MATCH (:Item)-[edge]->()
WHERE edge.build IS NULL OR edge.build <> $build
WITH edge LIMIT 10000
DELETE edge
RETURN count(*) AS deleted
