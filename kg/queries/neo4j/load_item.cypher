UNWIND $rows AS row
MERGE (item:Item {id: row.id})
SET item.title = row.title, item.year = row.year, item.runtime = row.runtime, item.rating = row.rating, item.oscars = row.oscars,
    item.popularity = row.popularity, item.amounts = row.amounts, item.build = $build
