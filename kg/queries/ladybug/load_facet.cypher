COPY Facet FROM (UNWIND $rows AS row RETURN row.id, row.name, row.degree)
