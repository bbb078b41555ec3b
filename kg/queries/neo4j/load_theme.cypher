UNWIND $rows AS row
CREATE (:Theme {id: row.id, name: row.name, degree: row.degree})
