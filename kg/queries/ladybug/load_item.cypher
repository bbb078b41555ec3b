COPY Item FROM (
    UNWIND $rows AS row
    RETURN row.id, row.title, row.year, row.runtime, row.rating, row.oscars, row.popularity, row.amounts
)
