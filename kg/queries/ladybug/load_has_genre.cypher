COPY HAS_GENRE FROM (LOAD FROM $rows RETURN item, entity, position)
