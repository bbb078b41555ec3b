COPY HAS_MOOD FROM (LOAD FROM $rows RETURN item, entity, position)
