COPY DIRECTED_BY FROM (UNWIND $rows AS row RETURN row.item, row.entity, row.position)
