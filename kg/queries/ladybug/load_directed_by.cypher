COPY DIRECTED_BY FROM (LOAD FROM $rows RETURN item, entity, position)
