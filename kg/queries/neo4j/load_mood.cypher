UNWIND $rows AS row
CREATE (:Mood {id: row.id, name: row.name, degree: row.degree})
