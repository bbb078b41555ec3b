UNWIND $rows AS row
CREATE (:Facet {id: row.id, name: row.name, degree: row.degree})
