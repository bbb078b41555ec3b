UNWIND $rows AS row
CREATE (:Country {id: row.id, name: row.name, degree: row.degree})
