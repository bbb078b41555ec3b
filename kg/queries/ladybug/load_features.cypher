COPY FEATURES FROM (LOAD FROM $rows RETURN item, entity, position)
