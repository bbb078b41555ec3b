MATCH (item:Item)
RETURN count(item) AS items
