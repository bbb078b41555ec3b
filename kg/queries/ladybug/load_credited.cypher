COPY CREDITED FROM (LOAD FROM $rows RETURN item, entity, relation, position)
