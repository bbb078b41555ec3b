COPY HAS_THEME FROM (LOAD FROM $rows RETURN item, entity, position)
