UNWIND $rows AS row
CREATE (:Item {
    id: row.id, title: row.title, year: row.year, runtime: row.runtime, rating: row.rating, oscars: row.oscars, popularity: row.popularity,
    amounts: row.amounts
})
