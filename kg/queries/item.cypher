MATCH (item:Item {id: $id})
RETURN item.title AS title, item.year AS year, item.runtime AS runtime, item.rating AS rating, item.oscars AS oscars,
    item.amounts AS amounts
