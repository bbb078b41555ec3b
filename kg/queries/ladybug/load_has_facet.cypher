COPY HAS_FACET FROM (UNWIND $rows AS row RETURN row.item, row.entity, row.relation, row.position)
