COPY SPOKEN_IN FROM (UNWIND $rows AS row RETURN row.item, row.entity, row.position)
