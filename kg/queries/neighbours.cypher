MATCH (:Item {id: $id})-->(entity)<--(other:Item)
WHERE entity.degree <= $hub
RETURN entity.id AS entity, entity.degree AS degree, collect(other.id) AS items, collect(other.popularity) AS popularity
