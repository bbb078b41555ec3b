MATCH (:Person {id: $one})<--(item:Item)-->(:Person {id: $other})
RETURN DISTINCT item.id AS item
