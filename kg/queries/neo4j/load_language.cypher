UNWIND $rows AS row
CREATE (:Language {id: row.id, name: row.name, degree: row.degree})
