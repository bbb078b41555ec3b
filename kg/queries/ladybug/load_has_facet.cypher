COPY HAS_FACET FROM (LOAD FROM $rows RETURN item, entity, relation, position)
