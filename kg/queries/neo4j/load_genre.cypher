UNWIND $rows AS row
CREATE (:Genre {id: row.id, name: row.name, degree: row.degree})
